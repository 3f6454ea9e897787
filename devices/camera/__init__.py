"""Camera: preview, face picture and document capture through OpenCV."""
