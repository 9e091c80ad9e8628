package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.bounds.Interval;
import dev.crease.cli.output.Numbers;
import dev.crease.network.ReluNetwork;
import dev.crease.regions.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A window that a user wrote: {@code LO:HI} for each input that is not fixed. */
final class WindowArgument {

  private WindowArgument() {}

  /**
   * The window.
   *
   * @throws BadInput if it is none, or does not fit the network
   */
  static Window parse(List<String> sides, ReluNetwork f) {
    List<Interval> intervals = new ArrayList<>();
    for (String side : sides) {
      String[] ends = side.split(":", -1);
      try {
        if (ends.length != 2) {
          throw new NumberFormatException("two numbers are needed");
        }
        Interval interval = new Interval(Numbers.parse(ends[0]), Numbers.parse(ends[1]));
        if (interval.lower() == interval.upper()) {
          throw new IllegalArgumentException("it has no length");
        }
        intervals.add(interval);
      } catch (IllegalArgumentException e) {
        throw new BadInput(
            "--window: " + side + " is not the side of a window; write it like 0.5:2.5", e);
      }
    }
    if (intervals.size() != f.inputs()) {
      throw new BadInput(
          "--window has "
              + intervals.size()
              + (intervals.size() == 1 ? " side" : " sides")
              + ", but "
              + f.name()
              + " takes "
              + f.inputs()
              + " inputs that are not fixed");
    }
    return new Window(intervals);
  }

  /** A window as people read it. */
  static String show(Window window) {
    return window.sides().stream()
        .map(
            side ->
                "[" + Numbers.near(side.lower(), 12) + ", " + Numbers.near(side.upper(), 12) + "]")
        .collect(Collectors.joining(" x "));
  }
}
