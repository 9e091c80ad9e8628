package dev.crease.plots;

import dev.crease.bounds.Norm;
import dev.crease.question.Units;
import dev.crease.regions.Region;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;

/**
 * Colours for condition numbers of two by two Jacobians, in a few steps on a logarithmic scale: the
 * darker, the worse. The condition is {@code ||A|| ||A^-1||} with the operator norm that belongs to
 * the norm of a question, and {@code A = J S} with its scale {@code S}; in doubles, since it
 * informs only.
 */
final class ConditionScale implements RegionScale {

  /**
   * Ends of steps that are about as long on the scale; the first that reaches far enough is taken.
   */
  private static final List<double[]> SCALES =
      List.of(
          new double[] {1, 2, 5, 10, 20, 50, 100},
          new double[] {1, 3, 10, 30, 100, 300, 1e3, 3e3, 1e4},
          new double[] {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7});

  private static final int[] STOPS = {0xfdf1c7, 0xf9cb7f, 0xee9a5a, 0xd3624f, 0xa0355a, 0x5b1d5e};
  private static final double BAR = 18;
  private static final Pen LINE = Pen.solid(new Color(0x333333), 1);

  private final Norm norm;
  private final Units units;
  // The lower ends of the steps; the last has an upper end if nothing is beyond.
  private final double[] ends;
  private final boolean isOpen;

  private ConditionScale(Norm norm, Units units, double[] ends, boolean isOpen) {
    this.norm = norm;
    this.units = units;
    this.ends = ends;
    this.isOpen = isOpen;
  }

  /** A scale up to the largest condition of some regions that are not singular. */
  static ConditionScale of(List<Region> regions, Norm norm, Units units) {
    double most =
        regions.stream()
            .filter(r -> r.sign() != 0)
            .mapToDouble(r -> condition(r, norm, units.scale()))
            .max()
            .orElse(1);
    double[] all =
        SCALES.stream()
            .filter(ends -> most <= ends[ends.length - 1])
            .findFirst()
            .orElse(SCALES.get(SCALES.size() - 1));
    int count = 2;
    while (count < all.length && all[count - 1] < most) {
      count++;
    }
    return new ConditionScale(norm, units, Arrays.copyOf(all, count), all[count - 1] < most);
  }

  /** Of the map of a region; infinite when it is singular. */
  static double condition(Region region, Norm norm, double[] scale) {
    if (region.sign() == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double[] first = region.jacobian().get(0);
    double[] second = region.jacobian().get(1);
    double size = 0;
    double[] a = {
      first[0] * scale[0], first[1] * scale[1], second[0] * scale[0], second[1] * scale[1]
    };
    for (double entry : a) {
      size = Math.max(size, Math.abs(entry));
    }
    // Against overflow; the condition stays what it is.
    for (int i = 0; i < a.length; i++) {
      a[i] = Math.abs(a[i] / size);
    }
    double determinant = Math.abs(region.determinant()) * (scale[0] / size) * (scale[1] / size);
    double product =
        switch (norm) {
          // The inverse is the adjugate by the determinant, whose columns have the sums of A's
          // rows.
          case L1, LINF -> Math.max(a[0] + a[1], a[2] + a[3]) * Math.max(a[0] + a[2], a[1] + a[3]);
          // The larger singular value squared: their product is the determinant.
          case L2 -> {
            double sum = a[0] * a[0] + a[1] * a[1] + a[2] * a[2] + a[3] * a[3];
            double root = Math.sqrt(Math.max(0, (sum - 2 * determinant) * (sum + 2 * determinant)));
            yield (sum + root) / 2;
          }
        };
    double condition = product / determinant;
    return Double.isNaN(condition) ? Double.POSITIVE_INFINITY : Math.max(1, condition);
  }

  private int steps() {
    return isOpen ? ends.length : ends.length - 1;
  }

  @Override
  public int shade(Region region) {
    if (region.sign() == 0) {
      return 0;
    }
    double condition = condition(region, norm, units.scale());
    int shade = 1;
    while (shade < steps() && condition >= ends[shade]) {
      shade++;
    }
    return shade;
  }

  @Override
  public Color color(int shade) {
    if (shade == 0) {
      return SINGULAR;
    }
    double at = steps() == 1 ? 0 : (shade - 1.0) / (steps() - 1) * (STOPS.length - 1);
    int stop = Math.min(STOPS.length - 2, (int) at);
    Color from = new Color(STOPS[stop]);
    Color to = new Color(STOPS[stop + 1]);
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
    return units.isScaled() ? "cond J S" : "cond J";
  }

  @Override
  public String explanation() {
    return "; "
        + name()
        + " is the condition number in norm "
        + norm
        + (units.isScaled() ? ", with the scale S" : "");
  }

  @Override
  public String singular() {
    return "singular regions: infinite condition";
  }

  @Override
  public void bar(Canvas canvas, Rectangle2D beside) {
    double x = beside.getMaxX() + 26;
    double bottom = beside.getMaxY() - 4;
    double step = (beside.getHeight() - 8) / steps();
    for (int shade = 1; shade <= steps(); shade++) {
      double top = bottom - shade * step;
      canvas.fill(new Rectangle2D.Double(x, top, BAR, step), color(shade));
    }
    canvas.stroke(new Rectangle2D.Double(x, bottom - steps() * step, BAR, steps() * step), LINE);
    for (int i = 0; i < ends.length; i++) {
      double y = bottom - i * step;
      canvas.stroke(new Line2D.Double(x + BAR, y, x + BAR + 5, y), LINE);
      boolean isLast = isOpen && i == ends.length - 1;
      canvas.text(
          (isLast ? "\u2265 " : "") + Ticks.label(ends[i]),
          x + BAR + 9,
          y + 4,
          Lettering.of(12, Lettering.Anchor.START));
    }
    canvas.text(name(), x, beside.getY() - 10, Lettering.of(13, Lettering.Anchor.START).asBold());
  }
}
