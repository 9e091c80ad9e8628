package org.example.crease.ojalgo;

/** ojAlgo's two simplex codes; they fail on different programs. */
enum Simplex {
  DUAL,
  PRIMAL;

  Simplex other() {
    return this == DUAL ? PRIMAL : DUAL;
  }
}
