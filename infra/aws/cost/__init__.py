"""What the bank costs on AWS, from its template, measured calls and dated prices."""
