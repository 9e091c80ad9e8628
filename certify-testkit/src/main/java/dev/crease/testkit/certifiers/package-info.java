/**
 * What every certifier must do, as tests that are inherited: {@link
 * dev.crease.testkit.certifiers.CertifierContract}, beside the contract of backends in {@link
 * dev.crease.testkit}.
 */
@NullMarked
package dev.crease.testkit.certifiers;

import org.jspecify.annotations.NullMarked;
