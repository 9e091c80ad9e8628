package dev.crease.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How far solvers can be believed on steep networks.
 *
 * @param asked how many spikes were put
 * @param wrong how many answers were wrong
 * @param claimed how many were solved on the solver's word
 * @param proved how many were solved by proof
 * @param notTaken how many were refused, or left with an open bracket, as beyond the guard on
 *     steepness
 * @param unfinished how many timed out or failed
 * @param steepest the largest slope at which the answer rests on the solver's word and is not wrong
 * @param leastWrong the least slope at which the answer is wrong
 */
public record SpikeScore(
    int asked,
    int wrong,
    int claimed,
    int proved,
    int notTaken,
    int unfinished,
    OptionalDouble steepest,
    OptionalDouble leastWrong) {

  /** How one spike was answered. */
  public interface Spike {
    /** What became of it. */
    Outcome outcome();

    /** How steep it is. */
    OptionalDouble slope();
  }

  /** The score of some answers. */
  public static SpikeScore of(Collection<? extends Spike> spikes) {
    return new SpikeScore(
        spikes.size(),
        count(spikes, Outcome.WRONG),
        count(spikes, Outcome.CLAIMED),
        count(spikes, Outcome.SOLVED, Outcome.WITHOUT_SOLVER),
        count(spikes, Outcome.REFUSED, Outcome.OPEN),
        count(spikes, Outcome.TIMEOUT, Outcome.FAILED),
        spikes.stream()
            .filter(s -> s.outcome() == Outcome.CLAIMED)
            .flatMapToDouble(s -> s.slope().stream())
            .max(),
        spikes.stream()
            .filter(s -> s.outcome() == Outcome.WRONG)
            .flatMapToDouble(s -> s.slope().stream())
            .min());
  }

  /**
   * Of the lines of a campaign: backend, strategy and encoding to the score, sorted; empty without
   * spikes.
   */
  public static Map<List<String>, SpikeScore> byWay(List<Run> lines) {
    Map<String, List<Run>> groups = new TreeMap<>();
    for (Run line : lines) {
      if (line.family().equals(Family.SPIKES.label())) {
        groups
            .computeIfAbsent(
                String.join("\n", line.backend(), line.strategy(), line.encoding()),
                k -> new ArrayList<>())
            .add(line);
      }
    }
    Map<List<String>, SpikeScore> scores = new LinkedHashMap<>();
    groups.forEach((way, spikes) -> scores.put(List.of(way.split("\n", -1)), of(spikes)));
    return scores;
  }

  private static int count(Collection<? extends Spike> spikes, Outcome... outcomes) {
    List<Outcome> wanted = List.of(outcomes);
    return (int) spikes.stream().filter(s -> wanted.contains(s.outcome())).count();
  }
}
