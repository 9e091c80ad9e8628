package dev.crease.campaign.report;

import dev.crease.plots.chart.RoundNumbers;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis: a range with round ends, and its ticks.
 *
 * @param label with the unit
 * @param ticks in ascending order
 */
record Axis(String label, boolean logarithmic, double from, double to, List<Tick> ticks) {

  /**
   * A tick.
   *
   * @param text empty where there is no room for one
   */
  record Tick(double value, String text) {}

  private static final double EPSILON = 1e-9;

  /** Logarithmic, over positive numbers, with at most so many labels. */
  static Axis logarithmic(String label, double least, double most, int labels) {
    double from = RoundNumbers.atMost(least * (1 + EPSILON)).doubleValue();
    double to = RoundNumbers.atLeast(Math.max(most, least) * (1 - EPSILON)).doubleValue();
    if (to <= from * (1 + EPSILON)) {
      to = RoundNumbers.atLeast(2 * from * (1 - EPSILON)).doubleValue();
    }
    List<Double> all = new ArrayList<>();
    for (double v = from; v <= to * (1 + EPSILON); v = RoundNumbers.above(v).doubleValue()) {
      all.add(v);
    }
    boolean every = all.size() <= labels;
    long decades = all.stream().filter(Axis::isPower).count();
    // Two labels at least: a decade alone does not tell the scale.
    boolean byDecade = !every && decades >= 2;
    long stride = Math.max(1, ((byDecade ? decades : all.size()) + labels - 1) / labels);
    List<Tick> ticks = new ArrayList<>();
    int count = 0;
    for (double value : all) {
      boolean counts = !byDecade || isPower(value);
      boolean named = counts && count++ % stride == 0;
      ticks.add(new Tick(value, named ? Numbers.brief(value) : ""));
    }
    return new Axis(label, true, from, to, ticks);
  }

  /** Whole numbers from 0, with at most so many labels. */
  static Axis counts(String label, long most, int labels) {
    long to = Math.max(1, most);
    long step = Math.max(1, RoundNumbers.atLeast(to / (labels - 1.0)).longValue());
    List<Tick> ticks = new ArrayList<>();
    for (long tick = 0; tick <= to; tick += step) {
      ticks.add(new Tick(tick, Long.toString(tick)));
    }
    return new Axis(label, false, 0, to, ticks);
  }

  /** From nothing to everything. */
  static Axis shares(String label) {
    List<Tick> ticks = new ArrayList<>();
    for (int percent = 0; percent <= 100; percent += 20) {
      ticks.add(new Tick(percent / 100.0, percent + "\u00a0%"));
    }
    return new Axis(label, false, 0, 1, ticks);
  }

  /** Where a value is, from 0 to 1; values beyond the ends are at them. */
  double at(double value) {
    double share =
        logarithmic ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
    return Math.min(1, Math.max(0, share));
  }

  private static boolean isPower(double value) {
    double log = Math.log10(value);
    return Math.abs(log - Math.rint(log)) < EPSILON;
  }
}
