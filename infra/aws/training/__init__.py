"""How the fraud model is trained anew on AWS: a job, a gate, and a model that waits for a yes."""
