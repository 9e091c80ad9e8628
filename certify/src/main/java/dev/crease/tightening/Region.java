package dev.crease.tightening;

import dev.crease.bounds.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where, within a set of inputs, bounds need to hold.
 *
 * @param halfSpaces that the inputs lie in
 * @param outputs ranges that the outputs lie in, one each; empty for any outputs
 */
public record Region(List<HalfSpace> halfSpaces, Optional<List<Interval>> outputs) {

  /** Copies the lists. */
  public Region {
    halfSpaces = List.copyOf(halfSpaces);
    outputs = outputs.map(List::copyOf);
  }

  /** The whole set. */
  public static Region whole() {
    return new Region(List.of(), Optional.empty());
  }

  /** The same within half-spaces. */
  public Region within(List<HalfSpace> more) {
    List<HalfSpace> all = new ArrayList<>(halfSpaces);
    all.addAll(more);
    return new Region(all, outputs);
  }
}
