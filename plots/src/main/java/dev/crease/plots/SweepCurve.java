package dev.crease.plots;

import dev.crease.bounds.Interval;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;

/** Radii over the centres of one input, with everything at its place. */
final class SweepCurve implements Sheet {

  private static final double WIDE = 640;
  private static final double HIGH = 320;
  private static final double EDGE = 14;
  private static final double TOP = 66;
  private static final double BELOW_AXES = 62;
  private static final double ROOM = 0.06;
  private static final Color COLOR = new Color(0x1f5f99);
  private static final Pen LINE = Pen.solid(COLOR, 1.6);
  private static final Pen CLAIM = Pen.solid(COLOR, 0.8).asDashed();

  private final SweepPicture picture;
  private final Frame frame;
  private final Legend legend = new Legend();

  private SweepCurve(SweepPicture picture, Frame frame) {
    this.picture = picture;
    this.frame = frame;
    legend.add(
        (canvas, x, y) -> {
          Legend.line(LINE).draw(canvas, x, y);
          canvas.fill(Marks.ring(x, y, 3), COLOR);
        },
        "certified radius");
    if (picture.spots().stream().anyMatch(SweepPicture.Spot::isClaimed)) {
      legend.add(
          (canvas, x, y) -> {
            Legend.line(CLAIM).draw(canvas, x, y);
            canvas.stroke(Marks.ring(x, y, 3), Pen.solid(COLOR, 1));
          },
          "claimed radius");
    }
    SweepMarks.legend(legend, picture);
  }

  static SweepCurve of(SweepPicture picture) {
    double least = picture.spots().stream().mapToDouble(s -> s.point()[0]).min().orElseThrow();
    double most = picture.spots().stream().mapToDouble(s -> s.point()[0]).max().orElseThrow();
    double size = Math.max(1e-9, Math.max(Math.abs(least), Math.abs(most)));
    double room = most - least > 1e-9 * size ? ROOM / 2 * (most - least) : size / 2;
    double largest = picture.highest() > 0 ? picture.highest() : 1;
    Interval x = new Interval(least - room, most + room);
    Interval y = new Interval(-ROOM * largest, (1 + ROOM) * largest);
    return new SweepCurve(
        picture,
        new Frame(new Rectangle2D.Double(EDGE + Frame.margin(y, HIGH), TOP, WIDE, HIGH), x, y));
  }

  @Override
  public double width() {
    double title = 2 * EDGE + Lettering.of(12, Lettering.Anchor.START).width(picture.title());
    return Math.max(frame.box().getMaxX() + 2 * EDGE, title);
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
    List<SweepPicture.Spot> answered =
        picture.spots().stream()
            .filter(spot -> !spot.isFailed())
            .sorted(Comparator.comparingDouble(spot -> spot.point()[0]))
            .toList();
    canvas.group(
        "centres",
        () -> {
          if (!answered.isEmpty()) {
            canvas.group("curve", () -> canvas.stroke(frame.path(radii(answered), false), LINE));
          }
          canvas.group("answers", () -> picture.spots().forEach(spot -> answer(canvas, spot)));
          frame.axes(canvas, picture.inputs().get(0), "certified radius");
        });
    canvas.group("legend", () -> legend.draw(canvas, EDGE, legendTop(), width() - 2 * EDGE));
  }

  private static List<double[]> radii(List<SweepPicture.Spot> spots) {
    return spots.stream().map(spot -> new double[] {spot.point()[0], spot.certified()}).toList();
  }

  private void answer(Canvas canvas, SweepPicture.Spot spot) {
    double x = frame.px(spot.point()[0]);
    double y = frame.py(spot.isFailed() ? 0 : spot.certified());
    double reach = Math.max(1.5, Math.min(SweepMarks.LEGEND_SIGN, WIDE / picture.spots().size()));
    if (spot.isFailed()) {
      SweepMarks.failed(canvas, x, y, reach);
    } else if (spot.isZero()) {
      canvas.fill(Marks.ring(x, y, reach), Color.WHITE);
      SweepMarks.zero(canvas, x, y, reach);
    } else {
      canvas.fill(Marks.ring(x, y, 0.7 * reach), COLOR);
    }
    if (spot.isClaimed()) {
      double[] claim = {x, frame.py(spot.claimed().getAsDouble())};
      canvas.stroke(new Line2D.Double(x, y, claim[0], claim[1]), CLAIM);
      canvas.stroke(Marks.ring(claim[0], claim[1], 0.7 * reach), Pen.solid(COLOR, 1));
    }
    SweepMarks.unfinished(canvas, spot, x, y, reach);
  }
}
