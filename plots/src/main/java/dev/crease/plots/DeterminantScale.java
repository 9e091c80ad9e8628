package dev.crease.plots;

import dev.crease.plots.chart.RoundNumbers;
import dev.crease.regions.Region;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Colours for determinants: blue above zero, orange below, which people of every colour vision tell
 * apart; the paler, the nearer to zero, where the scale is linear; logarithmic further out.
 */
final class DeterminantScale implements RegionScale {

  /** Shades for each sign. */
  static final int SHADES = 16;

  /** Of regions that have no determinant. */
  static final Color PLAIN = new Color(0xeaf0f6);

  private static final double BAR = 18;
  private static final int[] BLUES = {0xe3edf6, 0xb9d3e9, 0x7fb0d8, 0x4488bd, 0x1f5f99};
  private static final int[] ORANGES = {0xfdeedd, 0xfbd2a6, 0xf3a659, 0xd97b24, 0xb0560a};
  // How much of the range is nearly linear.
  private static final double COMPRESSION = 20;
  // Of the area; what little is beyond takes the darkest shade.
  private static final double SHOWN = 0.995;

  private final double limit;
  private final boolean exceeded;

  private DeterminantScale(double limit, boolean exceeded) {
    this.limit = limit;
    this.exceeded = exceeded;
  }

  /** A scale that suits most of the area of some regions. */
  static DeterminantScale of(List<Region> regions) {
    List<Region> sorted =
        regions.stream()
            .filter(r -> r.sign() != 0)
            .sorted(Comparator.comparingDouble(r -> Math.abs(r.determinant())))
            .toList();
    double total = sorted.stream().mapToDouble(r -> area(r.vertices())).sum();
    double below = 0;
    double limit = 0;
    for (Region region : sorted) {
      if (below <= SHOWN * total) {
        limit = Math.abs(region.determinant());
      }
      below += area(region.vertices());
    }
    double nice = limit > 0 ? RoundNumbers.atLeast(limit).doubleValue() : 1;
    boolean exceeded =
        !sorted.isEmpty() && Math.abs(sorted.get(sorted.size() - 1).determinant()) > nice;
    return new DeterminantScale(nice, exceeded);
  }

  private static double area(List<double[]> polygon) {
    double twice = 0;
    double[] a = polygon.get(0);
    for (int i = 2; i < polygon.size(); i++) {
      double[] b = polygon.get(i - 1);
      double[] c = polygon.get(i);
      twice += (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
    }
    return Math.abs(twice) / 2;
  }

  /** Where a determinant is on the scale, in [-1, 1]. */
  double position(double determinant) {
    double position = asinh(COMPRESSION * determinant / limit) / asinh(COMPRESSION);
    return Math.max(-1, Math.min(1, position));
  }

  private static double asinh(double x) {
    double size = Math.abs(x);
    return Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), x);
  }

  // Positive to SHADES or negative.
  @Override
  public int shade(Region region) {
    // The sign is exact, the determinant is rounded.
    double size = Math.abs(position(region.determinant()));
    return region.sign() * Math.min(SHADES, 1 + (int) (size * SHADES));
  }

  @Override
  public Color color(int shade) {
    if (shade == 0) {
      return SINGULAR;
    }
    int[] stops = shade > 0 ? BLUES : ORANGES;
    double at = (Math.abs(shade) - 1.0) / (SHADES - 1) * (stops.length - 1);
    int stop = Math.min(stops.length - 2, (int) at);
    Color from = new Color(stops[stop]);
    Color to = new Color(stops[stop + 1]);
    double t = at - stop;
    return new Color(
        between(from.getRed(), to.getRed(), t),
        between(from.getGreen(), to.getGreen(), t),
        between(from.getBlue(), to.getBlue(), t));
  }

  private static int between(int from, int to, double t) {
    return (int) Math.round(from + t * (to - from));
  }

  @Override
  public String name() {
    return "det J";
  }

  @Override
  public String explanation() {
    return "";
  }

  @Override
  public String singular() {
    return "singular regions";
  }

  @Override
  public void bar(Canvas canvas, Rectangle2D beside) {
    double x = beside.getMaxX() + 26;
    double middle = beside.getCenterY();
    double half = beside.getHeight() / 2 - 4;
    for (int shade = 1; shade <= SHADES; shade++) {
      double near = half * (shade - 1) / SHADES;
      double step = half / SHADES;
      canvas.fill(new Rectangle2D.Double(x, middle - near - step, BAR, step + 0.3), color(shade));
      canvas.fill(new Rectangle2D.Double(x, middle + near, BAR, step), color(-shade));
    }
    Pen line = Pen.solid(new Color(0x333333), 1);
    canvas.stroke(new Rectangle2D.Double(x, middle - half, BAR, 2 * half), line);
    for (Mark mark : marks(22 / half)) {
      double y = middle - half * mark.position();
      canvas.stroke(new Line2D.Double(x + BAR, y, x + BAR + 5, y), line);
      canvas.text(mark.label(), x + BAR + 9, y + 4, Lettering.of(12, Lettering.Anchor.START));
    }
    canvas.text(name(), x, beside.getY() - 10, Lettering.of(13, Lettering.Anchor.START).asBold());
  }

  /** A mark on the scale. */
  record Mark(double position, String label) {}

  /** Zero, both ends, and what has room between, at least a distance apart. */
  List<Mark> marks(double distance) {
    List<Double> sizes = new ArrayList<>(List.of(limit));
    for (double size = RoundNumbers.below(limit).doubleValue();
        position(size) >= distance;
        size = RoundNumbers.below(size).doubleValue()) {
      if (position(sizes.get(sizes.size() - 1)) - position(size) >= distance) {
        sizes.add(size);
      }
    }
    List<Mark> marks = new ArrayList<>(List.of(new Mark(0, "0")));
    for (double size : sizes) {
      boolean beyond = size == limit && exceeded;
      marks.add(new Mark(position(size), (beyond ? "\u2265 " : "") + Ticks.label(size)));
      marks.add(new Mark(position(-size), (beyond ? "\u2264 " : "") + Ticks.label(-size)));
    }
    return marks;
  }
}
