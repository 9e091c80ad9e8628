package dev.crease.campaign.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Raw lines of made-up campaigns. */
final class Lines {

  static final String HEADER =
      "{\"kind\":\"header\",\"version\":3,\"date\":\"2026-03-01T12:00:00Z\",\"profile\":\"quick\","
          + "\"timeLimit\":5.0,\"machine\":{\"cpu\":\"AMD EPYC 7B13\",\"cores\":2,\"memoryGiB\":24,"
          + "\"os\":\"Debian GNU/Linux 12\"},\"jvm\":\"OpenJDK 17.0.12\",\"crease\":\"0.1.0\","
          + "\"backends\":{\"scip\":\"SCIP 10.0.0\",\"highs\":\"HiGHS 1.8.0\"},\"seed\":1}";

  private static final String[] BACKENDS = {"cbc", "cp-sat", "highs", "regions", "scip"};
  private static final String[] STRATEGIES = {"direct", "paper"};

  private Lines() {}

  /** A run; extra fields begin with a comma. */
  static String run(
      String instance,
      String backend,
      String strategy,
      String outcome,
      double seconds,
      String extra) {
    return "{\"kind\":\"run\",\"cell\":\""
        + instance
        + "|"
        + backend
        + "|"
        + strategy
        + "\",\"instance\":\""
        + instance
        + "\",\"family\":\""
        + instance.substring(0, instance.indexOf('/'))
        + "\",\"backend\":\""
        + backend
        + "\",\"strategy\":\""
        + strategy
        + "\",\"outcome\":\""
        + outcome
        + "\",\"seconds\":"
        + seconds
        + extra
        + "}";
  }

  static String run(
      String instance, String backend, String strategy, String outcome, double seconds) {
    return run(instance, backend, strategy, outcome, seconds, "");
  }

  static Results campaign(String... runs) {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    lines.addAll(List.of(runs));
    return new ResultsReader().read(lines);
  }

  /** A campaign of some hundred runs with each outcome, without anything random. */
  static List<String> large() {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    String[] families = {"dynamics", "random", "vision <2>"};
    int[] sizes = {8, 16, 32, 64, 128};
    for (int f = 0; f < families.length; f++) {
      for (int size : sizes) {
        for (int copy = 0; copy < 3; copy++) {
          for (int b = 0; b < BACKENDS.length; b++) {
            for (int s = 0; s < STRATEGIES.length; s++) {
              lines.add(large(families[f] + "/net-" + size, f, size, copy, b, s));
            }
          }
        }
      }
    }
    return lines;
  }

  private static String large(String net, int f, int size, int copy, int b, int s) {
    String instance = net + "/pseudo/inf/" + copy;
    double wobble = 0.6 + ((7 * size + 13 * copy + 5 * b + 3 * f + 11 * s) % 17) / 12.0;
    double seconds =
        2e-4 * Math.pow(size, 1.4 + 0.25 * b) * wobble * (s == 0 ? 1 : 4) * (f == 1 ? 0.3 : 1);
    String outcome = seconds > 5 ? "TIMEOUT" : "SOLVED";
    String message = "";
    if (b == 1 && f == 2) {
      outcome = "REFUSED";
      message = "takes integer models only";
    } else if (b == 0 && size == 64 && copy == 1) {
      outcome = "FAILED";
      message = "the solver's process ended with 139";
    } else if (b == 0 && size == 8 && copy == 2 && f == 1 && s == 0) {
      outcome = "WRONG";
      message = "above the truth";
    } else if (b == 3 && size == 128 && f == 0) {
      outcome = "OPEN";
    }
    boolean solved = outcome.equals("SOLVED");
    return run(
        instance,
        BACKENDS[b],
        STRATEGIES[s],
        outcome,
        Double.parseDouble(String.format(Locale.ROOT, "%.4f", Math.min(seconds, 5.01))),
        ",\"inputs\":2,\"neurons\":"
            + size
            + ",\"problem\":\"pseudo\",\"norm\":\"inf\",\"threads\":1,\"encoding\":\"big-m\","
            + "\"bounds\":\"lp\",\"certified\":"
            + (solved ? 1.6481 : outcome.equals("WRONG") ? 1.7 : 0.25)
            + ",\"refuted\":1.65,\"truth\":"
            + (copy == 0 ? "null" : "1.6495")
            + ",\"truthSource\":\"regions\",\"nodes\":"
            + 7 * size
            + ",\"models\":1,\"message\":\""
            + message
            + "\"");
  }
}
