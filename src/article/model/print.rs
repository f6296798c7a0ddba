//! The model as indented text, for goldens and for looking.
