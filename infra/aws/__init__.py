"""The bank on AWS: the CDK app, its checks, its cost, and how it gets there."""
