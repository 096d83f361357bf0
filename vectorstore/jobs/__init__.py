"""Long work, done one job at a time beside what else the process does, with its progress and its outcome kept."""
