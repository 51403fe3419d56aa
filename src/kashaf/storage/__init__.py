"""The one place that makes bytes durable: atomic replacement, locks and backups."""
