package dev.crease.engine.regions;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The pairs of leaves, out of a finished list, that cannot be told at sight not to collide. */
final class RegionPairs {

  private final Question question;
  private final List<Leaf> leaves;

  RegionPairs(Question question, List<Leaf> leaves) {
    this.question = question;
    this.leaves = leaves;
  }

  void forEach(BiConsumer<Leaf, Leaf> visitor) {
    List<Image> images = new ArrayList<>();
    Neighbors neighbors = new Neighbors();
    for (Leaf leaf : leaves) {
      images.add(Image.of(leaf));
      neighbors.add(leaf);
    }
    if (question.isPinned()) {
      for (Leaf center : leaves) {
        if (center.holdsOrigin()) {
          Image point = Image.of(center, new double[][] {new double[question.inputs()]}, 0);
          for (int i = 0; i < images.size(); i++) {
            if (!images.get(i).isApartFrom(point)) {
              visitor.accept(leaves.get(i), center);
            }
          }
          return;
        }
      }
      throw new IllegalStateException("no leaf holds the centre");
    }
    for (Leaf leaf : leaves) {
      if (!leaf.isInjective(0)) {
        visitor.accept(leaf, leaf);
      }
    }
    new OverlapGrid(images, question.f().outputs())
        .forEach(
            0,
            (i, j) -> {
              Leaf first = leaves.get(i);
              Leaf second = leaves.get(j);
              if (!images.get(i).isApartFrom(images.get(j))
                  && neighbors.between(first, second) != Neighbors.Relation.COHERENT) {
                visitor.accept(first, second);
              }
            });
  }
}
