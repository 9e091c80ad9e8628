package dev.crease.engine.regions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which leaves certainly do not collide because they are neighbours of one orientation.
 *
 * <p>Two leaves that differ in {@code k} neurons, all of them facets of both, meet in a face of
 * codimension {@code k} when no other facet holds it: where the pre-activations are 0 it makes no
 * difference to anything behind whether they pass. The leaves around that face are those with any
 * of the {@code k} neurons flipped; when all {@code 2^k} are there, each with the {@code k} facets
 * and no other through the face, they close around it. If all have one orientation, the map is
 * one-to-one around the face:
 *
 * <ul>
 *   <li>{@code k = 1}: the two images lie on the two sides of the common facet's;
 *   <li>{@code k = 2}: the four images turn by less than a half turn each and by a multiple of a
 *       whole turn together, so by one;
 *   <li>{@code k >= 3}: the map of directions around the face, from a sphere of dimension {@code k
 *       - 1} to itself, is one-to-one around every point by the cases before, so it is a covering,
 *       and a covering of a simply connected sphere is one-to-one (compare Kuhn and Loewen,
 *       Piecewise affine bijections of R^n, 1987: coherent orientation with at most four regions
 *       around every face of codimension two).
 * </ul>
 *
 * <p>A collision of two of the leaves would, the images being convex, bring others arbitrarily near
 * to the face. So there is none.
 */
final class Neighbors {

  /** With more, a face of a smaller codimension might lie on as many facets. */
  private static final int MOST_FLIPS = 3;

  private final Map<Pattern, Leaf> leaves = new HashMap<>();

  /** A pattern as a key. */
  private record Pattern(long[] bits) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Pattern that && Arrays.equals(bits, that.bits);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bits);
    }
  }

  void add(Leaf leaf) {
    leaves.put(new Pattern(leaf.active()), leaf);
  }

  /** What is known of two leaves. */
  enum Relation {
    /** The map is one-to-one on both together. */
    COHERENT,
    /** They may be coherent, but a leaf that would tell is not there, or not yet. */
    OPEN,
    /** Nothing. */
    UNKNOWN
  }

  /** Whether f is certainly one-to-one on the two leaves together, as neighbours. */
  Relation between(Leaf a, Leaf b) {
    int sign = a.sign();
    if (sign == 0 || b.sign() != sign) {
      return Relation.UNKNOWN;
    }
    List<Integer> bits = new ArrayList<>();
    for (int w = 0; w < a.active().length; w++) {
      long difference = a.active()[w] ^ b.active()[w];
      while (difference != 0) {
        bits.add(w * Long.SIZE + Long.numberOfTrailingZeros(difference));
        difference &= difference - 1;
        if (bits.size() > Math.min(MOST_FLIPS, a.cell().dimension())) {
          return Relation.UNKNOWN;
        }
      }
    }
    if (bits.isEmpty() || !isFace(a, bits) || !isFace(b, bits)) {
      return Relation.UNKNOWN;
    }
    Relation relation = Relation.COHERENT;
    int all = (1 << bits.size()) - 1;
    for (int flips = 1; flips < all; flips++) {
      Optional<Leaf> other = flipped(a, bits, flips);
      if (other.isEmpty()) {
        relation = Relation.OPEN;
      } else if (other.get().sign() != sign || !isFace(other.get(), bits)) {
        return Relation.UNKNOWN;
      }
    }
    return relation;
  }

  private Optional<Leaf> flipped(Leaf leaf, List<Integer> bits, int flips) {
    long[] pattern = leaf.active().clone();
    for (int k = 0; k < bits.size(); k++) {
      if ((flips >> k & 1) != 0) {
        pattern[bits.get(k) >> 6] ^= 1L << bits.get(k);
      }
    }
    return Optional.ofNullable(leaves.get(new Pattern(pattern)));
  }

  /**
   * Whether the facets of some neurons, and no others, meet in a face. A face that lies on no more
   * facets than {@code k} is of codimension {@code k} at most, so of that one.
   */
  private static boolean isFace(Leaf leaf, List<Integer> bits) {
    Cell cell = leaf.cell();
    long[] wanted = new long[cell.words()];
    for (int bit : bits) {
      int facet = leaf.facet(bit);
      if (facet < 0) {
        return false;
      }
      wanted[facet >> 6] |= 1L << facet;
    }
    long[] common = new long[wanted.length];
    Arrays.fill(common, -1);
    int on = 0;
    for (int v = 0; v < cell.vertices().length; v++) {
      boolean holds = true;
      for (int w = 0; w < wanted.length; w++) {
        holds &= (wanted[w] & ~cell.incidence(v, w)) == 0;
      }
      if (holds) {
        for (int w = 0; w < wanted.length; w++) {
          common[w] &= cell.incidence(v, w);
        }
        on++;
      }
    }
    return on > cell.dimension() - bits.size() && Arrays.equals(common, wanted);
  }
}
