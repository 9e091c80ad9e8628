package dev.crease.campaign.report;

import dev.crease.campaign.Configuration;
import dev.crease.campaign.Outcome;
import dev.crease.campaign.Run;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How many times as fast a configuration is as the strategy {@code paper} with the same backend and
 * number of threads on the same instances; with the same encoding and bounds where paper has run
 * so, else with the best of its runs.
 *
 * <p>Where one of the two timed out, the limit stands for its time: the ratio is then a lower bound
 * (paper timed out) or an upper one (this one did). Where both timed out, or one of them ended in
 * another way, there is nothing to compare.
 *
 * @param mean the geometric mean of the ratios; empty if nothing could be compared
 * @param compared the pairs in the mean
 * @param paperTimedOut those of them where the time of paper is only known to exceed the limit
 * @param timedOut those of them where this one's is
 * @param leftOut pairs without a ratio
 */
record Speedup(OptionalDouble mean, int compared, int paperTimedOut, int timedOut, int leftOut) {

  /** What a mean is, given the bounds that went into it. */
  enum Kind {
    EXACT(""),
    AT_LEAST("\u2265\u00a0"),
    AT_MOST("\u2264\u00a0"),
    NEITHER("\u2248\u00a0");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }
  }

  private record Asked(String instance, String backend, long threads) {
    static Asked of(Run run) {
      return new Asked(
          run.instance(), run.configuration().backend(), run.configuration().threads());
    }
  }

  /** Compares runs of one configuration with those of paper among all the runs. */
  static Speedup of(List<Run> runs, List<Run> all, double limit) {
    Map<Asked, List<Run>> papers =
        all.stream()
            .filter(run -> run.configuration().isPaper())
            .collect(Collectors.groupingBy(Asked::of));
    double logs = 0;
    int compared = 0;
    int paperTimedOut = 0;
    int timedOut = 0;
    int leftOut = 0;
    for (Run run : runs) {
      List<Run> candidates = papers.getOrDefault(Asked.of(run), List.of());
      if (candidates.isEmpty()) {
        continue;
      }
      Run paper = counterpart(run, candidates);
      boolean late = run.outcome() == Outcome.TIMEOUT;
      boolean paperLate = paper.outcome() == Outcome.TIMEOUT;
      if ((run.isAnswered() && (paper.isAnswered() || paperLate)) || (late && paper.isAnswered())) {
        logs += Math.log((paperLate ? limit : paper.time()) / (late ? limit : run.time()));
        compared++;
        paperTimedOut += paperLate ? 1 : 0;
        timedOut += late ? 1 : 0;
      } else {
        leftOut++;
      }
    }
    OptionalDouble mean =
        compared == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.exp(logs / compared));
    return new Speedup(mean, compared, paperTimedOut, timedOut, leftOut);
  }

  Kind kind() {
    if (paperTimedOut > 0) {
      return timedOut > 0 ? Kind.NEITHER : Kind.AT_LEAST;
    }
    return timedOut > 0 ? Kind.AT_MOST : Kind.EXACT;
  }

  int pairs() {
    return compared + leftOut;
  }

  /** Paper with the same encoding and bounds, or else the run of it that flatters us least. */
  private static Run counterpart(Run run, List<Run> papers) {
    Configuration own = run.configuration();
    return papers.stream()
        .filter(paper -> paper.configuration().encoding().equals(own.encoding()))
        .filter(paper -> paper.configuration().bounds().equals(own.bounds()))
        .reduce(Speedup::better)
        .or(() -> papers.stream().reduce(Speedup::better))
        .orElseThrow();
  }

  private static Run better(Run a, Run b) {
    if (a.isAnswered() && b.isAnswered()) {
      return a.time() <= b.time() ? a : b;
    }
    if (a.isAnswered() || b.isAnswered()) {
      return a.isAnswered() ? a : b;
    }
    return a.outcome() == Outcome.TIMEOUT ? a : b;
  }
}
