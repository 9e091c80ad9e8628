package dev.crease.testkit.certifiers;

import dev.crease.certify.Certifier;
import dev.crease.tree.TreeCertifier;

class TreeCertifierTest extends CertifierContract {

  @Override
  protected Certifier certifier() {
    return TreeCertifier.on(Backends.REGISTRY.select("ortools-highs"));
  }

  @Override
  protected boolean alwaysCloses() {
    return false;
  }
}
