"""How well the insights see: measured on lives whose truth is known, and on purchases of others."""
