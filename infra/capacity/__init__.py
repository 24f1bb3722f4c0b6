"""What each kind of turn asks of DynamoDB: calls and capacity units, on histories of any length."""
