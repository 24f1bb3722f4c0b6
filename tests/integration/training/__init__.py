"""The training's state machine, walked on loopback with a SageMaker that runs its jobs here."""
