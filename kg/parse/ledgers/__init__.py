"""Tables whose columns say who is responsible, with and without the structure of their cells."""
