"""How likely a customer is to want a product, by models that are data."""
