"""What a model is asked, one module a task: the question that goes out, and what the gate leaves of the answer."""
