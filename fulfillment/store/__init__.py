"""The books in DynamoDB: one table, one facade (`fulfillment.store.books.Books`)."""
