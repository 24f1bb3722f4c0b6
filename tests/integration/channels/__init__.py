"""The stream behind API Gateway, on a table of moto's."""
