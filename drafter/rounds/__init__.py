"""A round of review: who is asked on which version until when, what they answered, and the register of every remark with what was decided on it."""
