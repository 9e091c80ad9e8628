/**
 * What every certifier must do, as tests that are inherited: {@link
 * dev.crease.certify.testkit.CertifierContract}, beside the contract of backends in {@link
 * dev.crease.testkit}.
 */
@NullMarked
package dev.crease.certify.testkit;

import org.jspecify.annotations.NullMarked;
