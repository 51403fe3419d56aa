"""Quotations: who said what, in whose words."""
