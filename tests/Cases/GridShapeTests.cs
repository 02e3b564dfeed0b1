using MesoLiMg.Model;

namespace MesoLiMg.Tests.Cases;

public class GridShapeTests
{
    [Fact]
    public void A_slab_has_cells_along_z_only()
    {
        GridShape grid = GridShape.Of(new() { Kind = DomainKind.Slab, Height = 4e-6, Cells = [4] });
        Assert.Equal(new GridShape(DomainKind.Slab, (1, 1, 4), (1, 1, 1e-6)), grid);
    }

    [Fact]
    public void An_axisymmetric_domain_has_r_for_x()
    {
        GridShape grid = GridShape.Of(new() { Kind = DomainKind.Axisymmetric, Radius = 2, Height = 6, Cells = [4, 3] });
        Assert.Equal(new GridShape(DomainKind.Axisymmetric, (4, 1, 3), (0.5, 1, 2)), grid);
    }

    [Fact]
    public void A_strip_has_x_and_z()
    {
        GridShape grid = GridShape.Of(new() { Kind = DomainKind.PlaneStrain, Size = [2, 6], Cells = [4, 3] });
        Assert.Equal(new GridShape(DomainKind.PlaneStrain, (4, 1, 3), (0.5, 1, 2)), grid);
    }

    [Fact]
    public void A_film_has_all_axes()
    {
        GridShape grid = GridShape.Of(new() { Kind = DomainKind.ThreeD, Size = [2, 4, 6], Cells = [4, 2, 3] });
        Assert.Equal(new GridShape(DomainKind.ThreeD, (4, 2, 3), (0.5, 2, 2)), grid);
    }

    [Fact]
    public void Too_few_numbers_of_cells_are_refused() =>
        Assert.Throws<ArgumentException>(
            () => GridShape.Of(new() { Kind = DomainKind.PlaneStrain, Size = [2, 6], Cells = [4] }));

    [Fact]
    public void A_missing_length_is_refused() =>
        Assert.Throws<ArgumentException>(
        () => GridShape.Of(new() { Kind = DomainKind.Axisymmetric, Height = 1, Cells = [4, 4] }));

    [Theory]
    [InlineData(DomainKind.Slab, null, "Symmetric Symmetric Symmetric Symmetric")]
    [InlineData(DomainKind.Axisymmetric, null, "Symmetric Free Symmetric Symmetric")]
    [InlineData(DomainKind.Axisymmetric, LateralKind.Clamped, "Symmetric Clamped Symmetric Symmetric")]
    [InlineData(DomainKind.PlaneStrain, null, "Symmetric Free Symmetric Symmetric")]
    [InlineData(DomainKind.PlaneStrain, LateralKind.Periodic, "Periodic Periodic Symmetric Symmetric")]
    [InlineData(DomainKind.ThreeD, null, "Symmetric Free Symmetric Free")]
    [InlineData(DomainKind.ThreeD, LateralKind.Free, "Symmetric Free Symmetric Free")]
    [InlineData(DomainKind.ThreeD, LateralKind.Clamped, "Clamped Clamped Clamped Clamped")]
    public void One_word_or_none_settles_every_lateral_face(DomainKind kind, LateralKind? all, string expected)
    {
        LateralFaces faces = LateralFaces.Of(new() { Kind = kind, Lateral = new() { All = all } });
        Assert.Equal(expected, $"{faces.XMin} {faces.XMax} {faces.YMin} {faces.YMax}");
    }

    [Fact]
    public void A_face_named_by_itself_wins_over_the_word_for_all()
    {
        LateralFaces faces = LateralFaces.Of(
            new()
            {
                Kind = DomainKind.ThreeD,
                Lateral = new()
                {
                    All = LateralKind.Periodic,
                    XMin = LateralKind.Free,
                    XMax = LateralKind.Clamped
                }
            });
        Assert.Equal(new LateralFaces(LateralKind.Free, LateralKind.Clamped, LateralKind.Periodic,
            LateralKind.Periodic), faces);
    }
}
