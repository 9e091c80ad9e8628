package dev.crease.verifier.vipr;

import dev.crease.verifier.proof.Line;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a VIPR file that say what holds at a node; by neuron, or by copy and neuron. */
final class Facts {

  /** {@code dz - l t >= 0}, and {@code u t - dz >= 0}. */
  final Row[] l;

  final Row[] u;

  /** {@code z >= a}, and {@code -z >= -b}. */
  final Row[][] a;

  final Row[][] b;

  /** {@code z - y >= 0} where a copy is active, {@code -y >= 0} where it is inactive. */
  final Row[][] phases;

  /** Lines below and above {@code dy}, and chords by copy: the last that were derived. */
  final Drawn[][] lines;

  final Drawn[][] chords;

  /** What holds of {@code t} in the cases that were decided against. */
  final List<Decided> decided = new ArrayList<>();

  /** That {@code t} is not positive, once that is derived. */
  @Nullable Row end;

  /** A line, as a row. */
  record Drawn(Line line, Row row) {}

  /** That {@code t} is not positive where a phase is another than what was decided. */
  record Decided(Row end, Row other, Row that) {}

  Facts(int neurons) {
    l = new Row[neurons];
    u = new Row[neurons];
    a = new Row[2][neurons];
    b = new Row[2][neurons];
    phases = new Row[2][neurons];
    lines = new Drawn[2][neurons];
    chords = new Drawn[2][neurons];
  }

  /** What a child knows of a node; or a face of the ball. */
  Facts(Facts facts) {
    l = facts.l.clone();
    u = facts.u.clone();
    a = clone(facts.a);
    b = clone(facts.b);
    phases = clone(facts.phases);
    lines = clone(facts.lines);
    chords = clone(facts.chords);
    end = facts.end;
  }

  private static <T> T[][] clone(T[][] rows) {
    T[][] copy = rows.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] = rows[i].clone();
    }
    return copy;
  }
}
