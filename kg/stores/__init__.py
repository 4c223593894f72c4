"""Places that keep the tables as a graph and answer queries, one module each, found through :data:`STORES`."""

from kg.stores.base import Language, Parameter, Rows, Store, Value
from kg.stores.registry import STORES, get_store_class, locate_store, open_store

__all__ = ["STORES", "Language", "Parameter", "Rows", "Store", "Value", "get_store_class", "locate_store", "open_store"]
