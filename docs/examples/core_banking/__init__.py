"""A REST core behind the bank: the example of docs/tutorials/deploy.md."""
