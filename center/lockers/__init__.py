"""Pick-up lockers (取件柜), one module each."""
