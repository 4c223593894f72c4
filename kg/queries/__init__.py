"""Named questions, each in SPARQL and in Cypher side by side, giving the same rows on every store."""

from kg.queries.asking import ask_question, ask_store, to_frame
from kg.queries.registry import Question, QuestionParameter, get_question, list_questions

__all__ = ["Question", "QuestionParameter", "ask_question", "ask_store", "get_question", "list_questions", "to_frame"]
