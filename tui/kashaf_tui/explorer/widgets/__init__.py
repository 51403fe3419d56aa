"""Widgets that show Arabic: everything they draw passes `paint`."""
