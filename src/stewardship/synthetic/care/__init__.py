"""What is given to residents and measured of them: medicines, readings and assessments."""
