package dev.crease.plots;

import dev.crease.bounds.Interval;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** A map over two inputs, with everything at its place. */
final class SweepMap implements Sheet {

  private static final double SIDE = 460;
  private static final double EDGE = 14;
  private static final double TOP = 84;
  private static final double BELOW_AXES = 62;
  private static final double ROOM_FOR_BAR = 150;
  // Sides of more different lengths are each stretched to the whole panel.
  private static final double MOST_UNEQUAL = 1.5;
  private static final double ROOM = 0.06;
  private static final String START = "start";
  private static final Pen RIM = Pen.solid(new Color(0x555555), 0.6);
  private static final Pen PATH = Pen.solid(new Color(0x777777), 0.8);

  private final SweepPicture picture;
  private final Frame frame;
  private final RadiusScale scale;
  private final Optional<double[]> cell;
  private final Legend legend;

  private SweepMap(SweepPicture picture, Frame frame, Optional<double[]> cell) {
    this.picture = picture;
    this.frame = frame;
    this.cell = cell;
    this.scale = RadiusScale.of(picture.largest(), picture.maxRadius());
    this.legend = legend();
  }

  static SweepMap of(SweepPicture picture) {
    Optional<double[]> cell = picture.cell();
    Interval x = shown(picture, 0, cell);
    Interval y = shown(picture, 1, cell);
    double across = x.upper() - x.lower();
    double up = y.upper() - y.lower();
    boolean equal = Math.max(across, up) <= MOST_UNEQUAL * Math.min(across, up);
    double w = equal ? SIDE * across / Math.max(across, up) : SIDE;
    double h = equal ? SIDE * up / Math.max(across, up) : SIDE;
    Frame frame = new Frame(new Rectangle2D.Double(EDGE + Frame.margin(y, h), TOP, w, h), x, y);
    return new SweepMap(picture, frame, cell);
  }

  /** What is shown of an input: the squares of a grid, or all centres with some room. */
  private static Interval shown(SweepPicture picture, int input, Optional<double[]> cell) {
    ToDoubleFunction<SweepPicture.Spot> value = spot -> spot.center().get(input);
    double least = picture.spots().stream().mapToDouble(value).min().orElseThrow();
    double most = picture.spots().stream().mapToDouble(value).max().orElseThrow();
    double size = Math.max(1e-9, Math.max(Math.abs(least), Math.abs(most)));
    double room =
        cell.isPresent()
            ? cell.get()[input] / 2
            : most - least > 1e-9 * size ? ROOM * (most - least) : size / 2;
    return new Interval(least - room, most + room);
  }

  @Override
  public double width() {
    double title = 2 * EDGE + Lettering.of(12, Lettering.Anchor.START).width(picture.title());
    return Math.max(frame.box().getMaxX() + ROOM_FOR_BAR, title);
  }

  @Override
  public double height() {
    return legendTop() + legend.height(width() - 2 * EDGE) + EDGE;
  }

  private double legendTop() {
    return frame.box().getMaxY() + BELOW_AXES;
  }

  @Override
  public void draw(Canvas canvas) {
    canvas.fill(new Rectangle2D.Double(0, 0, width(), height()), Color.WHITE);
    canvas.group("words", () -> SweepMarks.words(canvas, picture, EDGE, width() - 2 * EDGE));
    canvas.group(
        "centres",
        () -> {
          if (picture.arrangement() instanceof SweepPicture.Trajectory) {
            canvas.group("trajectory", () -> canvas.stroke(trajectory(), PATH));
          }
          canvas.group("answers", () -> picture.spots().forEach(spot -> answer(canvas, spot)));
          if (picture.arrangement() instanceof SweepPicture.Trajectory) {
            start(canvas);
          }
          frame.axes(canvas, picture.inputs().get(0), picture.inputs().get(1));
        });
    canvas.group("scale", () -> scale.bar(canvas, frame.box()));
    canvas.group("legend", () -> legend.draw(canvas, EDGE, legendTop(), width() - 2 * EDGE));
  }

  /** Says where a trajectory begins, on the side where the fewest centres are. */
  private void start(Canvas canvas) {
    double[] point = picture.spots().get(0).point();
    double x = frame.px(point[0]);
    double y = frame.py(point[1]);
    double away = radius() + 4;
    Lettering start = Lettering.of(12, Lettering.Anchor.MIDDLE).withHalo();
    double half = start.width(START) / 2;
    List<double[]> places =
        List.of(
            new double[] {x + away + half, y + 4},
            new double[] {x - away - half, y + 4},
            new double[] {x, y + away + 10},
            new double[] {x, y - away});
    double[] best =
        places.stream().min(Comparator.comparingDouble(place -> cost(place, half))).orElseThrow();
    canvas.text(START, best[0], best[1], start);
  }

  /** How many centres a word would cover; more than all if it leaves the frame. */
  private double cost(double[] place, double half) {
    Rectangle2D word = new Rectangle2D.Double(place[0] - half, place[1] - 10, 2 * half, 12);
    double r = radius();
    long covered =
        picture.spots().stream()
            .filter(
                spot ->
                    word.intersects(
                        frame.px(spot.center().get(0)) - r,
                        frame.py(spot.center().get(1)) - r,
                        2 * r,
                        2 * r))
            .count();
    return covered + (frame.box().contains(word) ? 0 : picture.spots().size());
  }

  private Path2D trajectory() {
    List<double[]> points = picture.spots().stream().map(SweepPicture.Spot::point).toList();
    return frame.path(points, false);
  }

  private void answer(Canvas canvas, SweepPicture.Spot spot) {
    double x = frame.px(spot.center().get(0));
    double y = frame.py(spot.center().get(1));
    boolean colored = !spot.isFailed() && !spot.isZero();
    Color color = colored ? scale.color(spot.certified()) : Color.WHITE;
    if (cell.isPresent()) {
      double w = frame.px(spot.center().get(0) + cell.get()[0]) - x;
      double h = y - frame.py(spot.center().get(1) + cell.get()[1]);
      canvas.fillWithRim(new Rectangle2D.Double(x - w / 2, y - h / 2, w, h), color, 0.3);
    } else {
      canvas.fill(Marks.ring(x, y, radius()), color);
      canvas.stroke(Marks.ring(x, y, radius()), RIM);
    }
    if (spot.isFailed()) {
      SweepMarks.failed(canvas, x, y, signs());
    } else if (spot.isZero()) {
      SweepMarks.zero(canvas, x, y, signs());
    }
    SweepMarks.unfinished(canvas, spot, x, y, signs());
  }

  /** Of a disc, in pixels: the smaller, the more there are. */
  private double radius() {
    return Math.max(2.5, Math.min(8, 0.3 * SIDE / Math.sqrt(picture.spots().size())));
  }

  /** How far the signs within squares and discs reach, in pixels. */
  private double signs() {
    double room =
        cell.map(
                c ->
                    Math.min(
                            frame.box().getWidth() / (frame.x().upper() - frame.x().lower()) * c[0],
                            frame.box().getHeight()
                                / (frame.y().upper() - frame.y().lower())
                                * c[1])
                        / 2)
            .orElse(radius());
    return Math.max(1.2, Math.min(5, 0.6 * room));
  }

  private Legend legend() {
    Legend entries = new Legend();
    if (picture.arrangement() instanceof SweepPicture.Trajectory) {
      entries.add(Legend.line(PATH), "trajectory");
    }
    SweepMarks.legend(entries, picture);
    return entries;
  }
}
