package dev.crease.campaign.report;

import java.util.Comparator;

/**
 * What was asked to solve instances.
 *
 * @param threads 0 if the line does not tell
 */
record Configuration(String backend, String strategy, String encoding, String bounds, long threads)
    implements Comparable<Configuration> {

  private static final String PAPER = "paper";
  private static final Comparator<Configuration> ORDER =
      Comparator.comparing(Configuration::backend)
          .thenComparing(Configuration::strategy)
          .thenComparing(Configuration::encoding)
          .thenComparing(Configuration::bounds)
          .thenComparingLong(Configuration::threads);

  boolean isPaper() {
    return strategy.equals(PAPER);
  }

  @Override
  public int compareTo(Configuration other) {
    return ORDER.compare(this, other);
  }
}
