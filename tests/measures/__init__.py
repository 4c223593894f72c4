"""Tests of kg.measures."""
