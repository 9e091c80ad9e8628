package dev.crease.campaign.report;

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
  private static final int[] STEPS = {1, 2, 5};

  /** Logarithmic, over positive numbers, with at most so many labels. */
  static Axis logarithmic(String label, double least, double most, int labels) {
    double from = roundBelow(least);
    double to = roundAbove(Math.max(most, least));
    if (to <= from * (1 + EPSILON)) {
      to = roundAbove(2 * from);
    }
    List<Double> all = new ArrayList<>();
    for (int e = (int) Math.floor(Math.log10(from)) - 1; e <= Math.log10(to) + 1; e++) {
      for (int step : STEPS) {
        double value = power(step, e);
        if (value >= from * (1 - EPSILON) && value <= to * (1 + EPSILON)) {
          all.add(value);
        }
      }
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
    long step = 1;
    long to = Math.max(1, most);
    for (int i = 1; to > step * (labels - 1L); i++) {
      step = STEPS[i % STEPS.length] * Math.round(Math.pow(10, i / STEPS.length));
    }
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

  private static double roundBelow(double value) {
    int e = (int) Math.floor(Math.log10(value)) - 1;
    double best = power(1, e);
    for (int i = e; i <= e + 2; i++) {
      for (int step : STEPS) {
        best = power(step, i) <= value * (1 + EPSILON) ? power(step, i) : best;
      }
    }
    return best;
  }

  private static double roundAbove(double value) {
    double below = roundBelow(value);
    if (below >= value * (1 - EPSILON)) {
      return below;
    }
    // 1, 2 and 5 are at most a factor 2.5 apart, and at least a factor 2.
    return roundBelow(2.5 * below);
  }

  private static double power(int step, int exponent) {
    return Double.parseDouble(step + "e" + exponent);
  }

  private static boolean isPower(double value) {
    double log = Math.log10(value);
    return Math.abs(log - Math.rint(log)) < EPSILON;
  }
}
