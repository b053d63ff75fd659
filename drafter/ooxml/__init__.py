"""Word packages as parts and XML: opened under limits, normalised once; no meaning."""
