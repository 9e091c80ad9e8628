package dev.crease.plots;

import dev.crease.bounds.Interval;
import dev.crease.plots.chart.RoundNumbers;
import dev.crease.regions.Piece;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** A picture of a map with everything at its place. */
final class MapDrawing implements Sheet {

  private static final double SIDE = 430;
  private static final double GAP = 34;
  private static final double EDGE = 14;
  private static final double TOP = 84;
  private static final double BELOW_AXES = 62;
  private static final double ROOM_FOR_BAR = 130;
  private static final double ROOM = 0.03;
  private static final Lettering TITLE = Lettering.of(17, Lettering.Anchor.START).asBold();
  private static final Lettering SMALL_TITLE = Lettering.of(12, Lettering.Anchor.START).asBold();
  private static final Lettering TEXT = Lettering.of(13, Lettering.Anchor.START);
  private static final Lettering HEADING = Lettering.of(13, Lettering.Anchor.MIDDLE).asBold();
  private static final int SHADES = 64;
  // What few pieces are beyond takes the lightest shade.
  private static final double SHOWN = 0.99;

  private final MapPicture picture;
  private final RadiusScale scale;
  private final Frame left;
  private final Optional<Frame> right;

  private MapDrawing(MapPicture picture, RadiusScale scale, Frame left, Optional<Frame> right) {
    this.picture = picture;
    this.scale = scale;
    this.left = left;
    this.right = right;
  }

  static MapDrawing of(MapPicture picture) {
    List<Piece> pieces = picture.pieces();
    Frame left = frame(EDGE, pieces, Piece::vertices);
    Optional<Frame> right =
        pieces.get(0).value().length == 2
            ? Optional.of(frame(left.box().getMaxX() + GAP, pieces, MapDrawing::images))
            : Optional.empty();
    double[] sizes = pieces.stream().mapToDouble(picture::size).sorted().toArray();
    double most = sizes[(int) (SHOWN * (sizes.length - 1))];
    double limit = most > 0 ? RoundNumbers.atLeast(most).doubleValue() : 1;
    boolean exceeded = sizes[sizes.length - 1] > limit;
    return new MapDrawing(picture, new RadiusScale(limit, exceeded), left, right);
  }

  private static List<double[]> images(Piece piece) {
    return piece.vertices().stream().map(piece::evaluate).toList();
  }

  private static Frame frame(
      double from, List<Piece> pieces, Function<Piece, List<double[]>> corners) {
    double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (Piece piece : pieces) {
      for (double[] y : corners.apply(piece)) {
        for (int k = 0; k < 2; k++) {
          low[k] = Math.min(low[k], y[k]);
          high[k] = Math.max(high[k], y[k]);
        }
      }
    }
    Interval[] sides = new Interval[2];
    for (int k = 0; k < 2; k++) {
      // A segment or a point has no width of its own.
      double least = 1e-6 * Math.max(1e-3, Math.max(Math.abs(low[k]), Math.abs(high[k])));
      double room = Math.max(least, ROOM * (high[k] - low[k]));
      sides[k] = new Interval(low[k] - room, high[k] + room);
    }
    double at = from + Frame.margin(sides[1], SIDE);
    return new Frame(new Rectangle2D.Double(at, TOP, SIDE, SIDE), sides[0], sides[1]);
  }

  private Rectangle2D last() {
    return right.orElse(left).box();
  }

  @Override
  public double width() {
    return last().getMaxX() + ROOM_FOR_BAR;
  }

  @Override
  public double height() {
    return TOP + SIDE + BELOW_AXES;
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.fill(new Rectangle2D.Double(0, 0, width(), height()), Color.WHITE);
    canvas.group("words", () -> words(canvas));
    canvas.group("outputs", () -> panel(canvas, left, Piece::vertices, picture.labels().inputs()));
    right.ifPresent(
        frame ->
            canvas.group(
                "values",
                () -> panel(canvas, frame, MapDrawing::images, picture.labels().outputs())));
    canvas.group(
        "scale",
        () -> scale.bar(canvas, last(), picture.isCorrection() ? "|h(y) - y|" : "|h'|, norm inf"));
  }

  private void words(Canvas canvas) {
    String title = picture.labels().title();
    double size = TITLE.size() * Math.min(1, (width() - 2 * EDGE) / TITLE.width(title));
    Lettering fitting =
        Lettering.of(Math.max(SMALL_TITLE.size(), size), Lettering.Anchor.START).asBold();
    canvas.text(title, EDGE, 26, fitting);
    int count = picture.pieces().size();
    String pieces = String.format(Locale.ROOT, "%,d affine piece%s", count, count == 1 ? "" : "s");
    canvas.text(pieces, EDGE, 47, TEXT);
    canvas.text("outputs y", left.box().getCenterX(), TOP - 10, HEADING);
    right.ifPresent(
        frame ->
            canvas.text(
                picture.isInverse() ? "states h(y)" : "calibrated outputs h(y)",
                frame.box().getCenterX(),
                TOP - 10,
                HEADING));
  }

  private void panel(
      Canvas canvas, Frame frame, Function<Piece, List<double[]>> corners, List<String> names) {
    canvas.clip(frame.box(), () -> polygons(canvas, frame, corners));
    frame.axes(canvas, names.get(0), names.get(1));
  }

  private void polygons(Canvas canvas, Frame frame, Function<Piece, List<double[]>> corners) {
    Map<Integer, Path2D> shades = new TreeMap<>();
    Path2D borders = new Path2D.Double();
    for (Piece piece : picture.pieces()) {
      double share = Math.min(1, picture.size(piece) / scale.limit());
      int shade = (int) Math.min(SHADES - 1.0, share * SHADES);
      List<double[]> polygon = corners.apply(piece);
      frame.add(shades.computeIfAbsent(shade, s -> new Path2D.Double()), polygon, true);
      frame.add(borders, polygon, true);
    }
    shades.forEach(
        (shade, path) ->
            canvas.fillWithRim(path, scale.color((shade + 0.5) / SHADES * scale.limit()), 0.6));
    Style.border(picture.pieces().size()).ifPresent(pen -> canvas.stroke(borders, pen));
  }
}
