"""Where the kind of thing that is asked for may stand in a sentence: figures, people, ages, dates, names."""
