<?xml version="1.0" encoding="utf-8" ?>
<ogr:FeatureCollection
     gml:id="aFeatureCollection"
     xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
     xsi:schemaLocation="http://ogr.maptools.org/ square.xsd"
     xmlns:ogr="http://ogr.maptools.org/"
     xmlns:gml="http://www.opengis.net/gml/3.2">
  <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4490"><gml:lowerCorner>24.5 118.1</gml:lowerCorner><gml:upperCorner>24.51 118.11</gml:upperCorner></gml:Envelope></gml:boundedBy>
                                                                                                                                                              
  <ogr:featureMember>
    <ogr:square gml:id="square.0">
      <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4490"><gml:lowerCorner>24.5 118.1</gml:lowerCorner><gml:upperCorner>24.51 118.11</gml:upperCorner></gml:Envelope></gml:boundedBy>
      <ogr:geometryProperty><gml:Polygon srsName="urn:ogc:def:crs:EPSG::4490" gml:id="square.geom.0"><gml:exterior><gml:LinearRing><gml:posList>24.5 118.1 24.5 118.11 24.51 118.11 24.51 118.1 24.5 118.1</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></ogr:geometryProperty>
      <ogr:site_id>s1</ogr:site_id>
      <ogr:name>地块1</ogr:name>
    </ogr:square>
  </ogr:featureMember>
</ogr:FeatureCollection>
