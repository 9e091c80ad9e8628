package dev.crease.plots;

import dev.crease.regions.Piece;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A map of two outputs in pictures: the polygons on which it is affine, and where it puts them.
 * Colours say how far a calibration moves an output; where outputs and values are not of one kind,
 * how much of an error in an output comes through at most.
 *
 * @param pieces at least one, of two outputs
 * @param isInverse whether the values are states
 * @param labels the words; the {@code inputs} are what goes into the map, the {@code outputs} what
 *     it gives
 */
public record MapPicture(List<Piece> pieces, boolean isInverse, Labels labels) implements Picture {

  /** Copies the pieces. */
  public MapPicture {
    pieces = List.copyOf(pieces);
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("a map has a piece");
    }
  }

  @Override
  public String svg() {
    return MapDrawing.of(this).svg(labels.title());
  }

  @Override
  public BufferedImage image(double scale) {
    return MapDrawing.of(this).image(scale);
  }

  /** Whether the values can be compared with the outputs. */
  boolean isCorrection() {
    return !isInverse && pieces.get(0).value().length == 2;
  }

  /** How far a piece moves outputs, on average over its corners, or how much it amplifies. */
  double size(Piece piece) {
    double size = 0;
    if (isCorrection()) {
      for (double[] y : piece.vertices()) {
        double[] h = piece.evaluate(y);
        size += Math.max(Math.abs(h[0] - y[0]), Math.abs(h[1] - y[1]));
      }
      return size / piece.vertices().size();
    }
    for (double[] row : piece.matrix()) {
      size = Math.max(size, Math.abs(row[0]) + Math.abs(row[1]));
    }
    return size;
  }
}
