"""Tests of kg.reports."""
