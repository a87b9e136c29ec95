"""Nearness in meaning, as an optional help: texts as vectors, by a small model on this machine or by an endpoint.

Off until the user makes the vectors (`advisorlog meaning rebuild`); no other command loads any of this. A model of
this kind finds the topic, not what is said about it: near is not the same, and no match is no proof.
"""
