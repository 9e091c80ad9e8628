package dev.crease.verifier;

import java.util.Optional;

/**
 * The work that a check has done, in products of two integers of a few digits, roughly; larger ones
 * count for more. It stops a check that takes more than its input warrants: a certificate of a few
 * kilobytes must not keep anybody busy for hours.
 */
final class Effort {

  /** Some seconds. */
  private static final long BASE = 1L << 28;

  /** About a hundred pairs for a simplex of the plane, or thousands that are soon told apart. */
  private static final long PER_BYTE = 1L << 12;

  /** Some hundredths of a second. */
  private static final long INTERVAL = 1L << 18;

  private static final int WORD = 64;

  private final Monitor monitor;
  private String stage = "certificate";
  private long most;
  private long done;
  private long next;

  /**
   * Nothing done yet.
   *
   * @param bytes the size of the certificate
   */
  Effort(Monitor monitor, long bytes) {
    this.monitor = monitor;
    this.most = BASE + PER_BYTE * bytes;
  }

  /** What is being checked from now on. */
  synchronized void begin(String what) {
    stage = what;
    next = done;
    spend(0, 0);
  }

  /**
   * So many products are about to be made.
   *
   * @param bits of the longer factors
   * @throws Stopped if that is too much, or the monitor says so
   */
  synchronized void spend(long products, long bits) {
    done += cost(products, bits);
    if (done > most) {
      throw new Stopped(
          "the certificate takes more work to check than one of its size is given (checking the "
              + stage
              + ")");
    }
    if (done >= next) {
      next = done + INTERVAL;
      Optional<String> reason = monitor.at(stage);
      if (reason.isPresent()) {
        throw new Stopped(reason.get() + " (checking the " + stage + ")");
      }
    }
  }

  /** Likewise, and it has come to this stage. */
  synchronized void at(String what, long products) {
    stage = what;
    spendOnInput(products, 0);
  }

  /** Likewise, of products that the size of the input itself makes necessary. */
  synchronized void spendOnInput(long products, long bits) {
    most += cost(products, bits);
    spend(products, bits);
  }

  private static long cost(long products, long bits) {
    long words = bits / WORD;
    return products * (1 + words * words / WORD);
  }
}
