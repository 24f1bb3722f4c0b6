"""What must hold of the synthesised templates before anybody deploys them."""
