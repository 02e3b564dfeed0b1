namespace MesoLiMg.Model;

/// <summary>The grid of the film with its meshed neighbours.</summary>
public static class LayeredGrid
{
    extension(GridShape)
    {
        /// <summary>The grid of a case with the layers that are meshed, where stress is computed.</summary>
        /// <exception cref="ArgumentException">Edge lengths or cells do not suit the kind of domain.</exception>
        public static GridShape WithLayers(Case @case)
        {
            var film = GridShape.Of(@case.Domain);
            int Planes(InterfaceCase side) => side.Layer is { } layer && @case.Coupling != Coupling.None
                ? (int)Math.Round(layer.Thickness / film.Spacing.Z) : 0;
            var (below, above) = (Planes(@case.Interfaces.Collector), Planes(@case.Interfaces.Se));
            return film with
            {
                Cells = (film.Cells.X, film.Cells.Y, film.Cells.Z + below + above),
                Layers = (below, above)
            };
        }
    }
}
