"""One definition of every feature, used to train the model and to serve it."""
