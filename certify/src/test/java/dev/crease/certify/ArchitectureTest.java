package dev.crease.certify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(
    packages = {
      "dev.crease.question",
      "dev.crease.witness",
      "dev.crease.certify",
      "dev.crease.boxes",
      "dev.crease.mip",
      "dev.crease.tree",
      "dev.crease.choose",
      "dev.crease.tightening",
      "dev.crease.certificate",
      "dev.crease.map",
      "dev.crease.regions"
    },
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule DEPENDENCIES_POINT_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("question")
          .definedBy("dev.crease.question")
          .layer("witness")
          .definedBy("dev.crease.witness")
          .layer("tightening")
          .definedBy("dev.crease.tightening")
          .layer("regions")
          .definedBy("dev.crease.regions")
          .layer("certify")
          .definedBy("dev.crease.certify")
          .layer("boxes")
          .definedBy("dev.crease.boxes")
          .layer("tree")
          .definedBy("dev.crease.tree")
          .layer("mip")
          .definedBy("dev.crease.mip")
          .layer("certificate")
          .definedBy("dev.crease.certificate")
          .layer("map")
          .definedBy("dev.crease.map")
          .layer("choose")
          .definedBy("dev.crease.choose")
          .whereLayer("choose")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("certificate")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("map")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("mip")
          .mayOnlyBeAccessedByLayers("choose")
          .whereLayer("tree")
          .mayOnlyBeAccessedByLayers("choose")
          .whereLayer("boxes")
          .mayOnlyBeAccessedByLayers("mip", "choose")
          .whereLayer("certify")
          .mayOnlyBeAccessedByLayers("boxes", "tree", "mip", "choose", "certificate", "map")
          .whereLayer("regions")
          .mayOnlyBeAccessedByLayers("certify", "choose", "map")
          .whereLayer("tightening")
          .mayOnlyBeAccessedByLayers("mip")
          .whereLayer("witness")
          .mayOnlyBeAccessedByLayers(
              "regions", "certify", "boxes", "tree", "mip", "choose", "certificate", "map")
          .whereLayer("question")
          .mayOnlyBeAccessedByLayers(
              "regions",
              "witness",
              "certify",
              "boxes",
              "tree",
              "mip",
              "choose",
              "certificate",
              "map");

  @ArchTest
  static final ArchRule NO_CYCLES =
      SlicesRuleDefinition.slices().matching("dev.crease.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NOTHING_KNOWS_A_BACKEND_OR_A_FORMAT =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.crease.solver.ortools..",
              "dev.crease.formats..",
              "com.google.ortools..",
              "com.sun.jna..");

  @ArchTest
  static final ArchRule ONLY_CERTIFICATES_NEED_JACKSON =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.crease.certificate")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml..");

  @ArchTest
  static final ArchRule ONLY_PADDING_TAKES_A_SOLVERS_WORD =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.crease.certify.Padding")
          .and()
          .doNotHaveFullyQualifiedName("dev.crease.certify.Proved")
          .should()
          .callMethod(Proved.class, "padded", double.class, Proved.Pairs.class);

  @ArchTest
  static final ArchRule ONLY_THESE_PROVE_WITHOUT_A_SOLVER =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.crease.certify.Bracket")
          .and()
          .doNotHaveFullyQualifiedName("dev.crease.mip.LinearProof")
          .and()
          // The centre's own region; the pairs of boxes that intervals excluded.
          .doNotHaveFullyQualifiedName("dev.crease.mip.Run")
          .and()
          .doNotHaveFullyQualifiedName("dev.crease.mip.BoxesSearch")
          .and()
          .resideOutsideOfPackage("dev.crease.boxes")
          .and()
          // What a tree proves is checked node by node.
          .doNotHaveFullyQualifiedName("dev.crease.tree.Growth")
          .should()
          .callMethod(Proved.class, "outright", double.class)
          .orShould()
          .callMethod(Proved.class, "exact", double.class);

  @ArchTest
  static final ArchRule NOTHING_IS_PRINTED =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
